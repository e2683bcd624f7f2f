//! The guards on a real socket (S-53, S-106): what the test service cannot show, such as a panic's
//! answer and requests that the protocol itself refuses.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::*;
use actix_web::HttpServer;

/// Sends bytes and reads until the server closes or has said nothing for a while.
fn talk(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(400)))
        .unwrap();
    stream.write_all(bytes).unwrap();
    let (mut said, mut part) = (Vec::new(), [0; 4096]);
    while let Ok(many) = stream.read(&mut part) {
        if many == 0 {
            break;
        }
        said.extend_from_slice(&part[..many]);
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// Runs the guarded app on a free port and asks it with these bytes, one connection each.
async fn ask_all(requests: Vec<Vec<u8>>) -> Vec<String> {
    let guard = Arc::new(guard(Transport::LanHttp));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(Data::from(guard.clone()))
            .wrap(from_fn(csrf_guard::middleware))
            .wrap(from_fn(envelope_guard::middleware))
            .configure(routes)
    });
    let server = server
        .workers(1)
        .disable_signals()
        .bind("127.0.0.1:0")
        .unwrap();
    let address = server.addrs()[0];
    let running = server.run();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    let asking = web::block(move || {
        let each = requests.iter();
        each.map(|bytes| talk(address, bytes)).collect()
    });
    let answers = asking.await.unwrap();
    handle.stop(false).await;
    answers
}

fn bytes(head: &str, body: &str) -> Vec<u8> {
    format!("{}\r\n\r\n{body}", head.replace('\n', "\r\n")).into_bytes()
}

#[actix_web::test]
async fn a_panic_is_an_ordinary_500_and_the_worker_goes_on() {
    let panic = bytes("GET /panics HTTP/1.1\nHost: a", "");
    let both = [
        panic.clone(),
        bytes("GET /form HTTP/1.1\nHost: a\nConnection: close", ""),
    ]
    .concat();
    let answers = ask_all(vec![panic, both]).await;
    for answer in &answers {
        assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
        assert!(answer.contains("content-security-policy"), "{answer}");
        assert!(answer.contains("x-request-id"), "{answer}");
        assert!(answer.contains("application/problem+json"), "{answer}");
    }
    assert!(answers[1].contains("HTTP/1.1 200"), "{}", answers[1]);
    assert!(!answers[1].to_lowercase().contains("\nserver:"));
}

#[actix_web::test]
async fn smuggled_requests_are_refused_and_not_executed() {
    let smuggled = "GET /form HTTP/1.1\r\nHost: a\r\n\r\n";
    let post = "POST /api/v1/notes HTTP/1.1\nHost: a\nContent-Type: application/json";
    let many: String = (0..200).map(|n| format!("\nX-{n}: 1")).collect();
    let cases = [
        (
            "two lengths",
            bytes(
                &format!("{post}\nContent-Length: 2\nContent-Length: 3"),
                smuggled,
            ),
        ),
        (
            "length and chunks",
            bytes(
                &format!("{post}\nContent-Length: 4\nTransfer-Encoding: chunked"),
                &format!("0\r\n\r\n{smuggled}"),
            ),
        ),
        (
            "odd coding",
            bytes(&format!("{post}\nTransfer-Encoding: xchunked"), smuggled),
        ),
        (
            "bad chunk",
            bytes(
                &format!("{post}\nTransfer-Encoding: chunked"),
                &format!("zz\r\n{smuggled}"),
            ),
        ),
        (
            "two hosts",
            bytes("GET /form HTTP/1.1\nHost: a\nHost: b", smuggled),
        ),
        ("no host", bytes("GET /form HTTP/1.1", smuggled)),
        (
            "folded header",
            bytes("GET /form HTTP/1.1\nHost: a\nX: 1\n 2", smuggled),
        ),
        (
            "200 headers",
            bytes(&format!("GET /form HTTP/1.1\nHost: a{many}"), smuggled),
        ),
        (
            "64 KiB header",
            bytes(
                &format!("GET /form HTTP/1.1\nHost: a\nX: {}", "x".repeat(65_536)),
                "",
            ),
        ),
    ];
    let (names, requests): (Vec<&str>, Vec<Vec<u8>>) = cases.into_iter().unzip();
    for (name, answer) in names.into_iter().zip(ask_all(requests).await) {
        let status = answer.get(9..12).unwrap_or("");
        assert!(
            matches!(status, "400" | "431" | "413" | "501"),
            "{name}: {answer}"
        );
        assert!(!answer.contains("HTTP/1.1 200"), "{name}: {answer}");
    }
}
