//! Made-up pages for the preview and the tests: every page, and each of its states.

use super::child::{CardPage, CardProblem, ClassPage, Pad, PinPage, PinProblem, Tile, TileState};
use super::engine::{Engine, Page, ScreenError};
use super::parts::{Avatar, Spoken, spoken_text};
use super::public::{
    DemoClass, DemoLink, DemoLogin, DemoSheet, Doors, EnrolPage, ErrorPage, PasswordPage,
    PasswordProblem, SetupPage, SignIn, SignInProblem,
};
use super::shell::Shell;
use super::{
    parts, samples_credentials, samples_doors, samples_family, samples_own, samples_rights,
    samples_sheet,
};

/// A page rendered, with the file name it gets in the preview.
pub type Rendered = (String, Result<String, ScreenError>);

/// Every sample page of this room.
pub fn all(engine: &Engine, shell: &Shell) -> Vec<Rendered> {
    let mut book = Book {
        engine,
        shell,
        pages: Vec::new(),
    };
    doors(&mut book);
    staff_doors(&mut book);
    classes(&mut book);
    cards(&mut book);
    pins(&mut book);
    samples_sheet::fill(&mut book);
    samples_own::fill(&mut book);
    samples_doors::fill(&mut book);
    samples_family::fill(&mut book);
    samples_rights::fill(&mut book);
    samples_credentials::fill(&mut book);
    book.pages
}

/// Collects rendered pages.
pub struct Book<'a> {
    engine: &'a Engine,
    shell: &'a Shell,
    pages: Vec<Rendered>,
}

impl Book<'_> {
    /// Renders one page under a file name.
    pub fn add<P: Page>(&mut self, name: &str, page: &P) {
        self.pages
            .push((name.to_owned(), self.engine.render(page, self.shell)));
    }
}

/// A phrase with its syllables.
pub fn words(text: &str, pinyin: &str) -> Spoken {
    spoken_text(text, Some(pinyin))
}

/// A phrase without.
pub fn plain(text: &str) -> Spoken {
    spoken_text(text, None)
}

/// A head on a ground.
pub fn head(animal: &str, ground: u8) -> Avatar {
    Avatar {
        animal: animal.to_owned(),
        ground,
    }
}

fn doors(book: &mut Book) {
    book.add("doors", &Doors::default());
    book.add(
        "doors-unknown",
        &Doors {
            unknown_code: Some("20<3".to_owned()),
            ..Doors::default()
        },
    );
    let demo = DemoSheet {
        classes: vec![
            demo_class("二(3)班", "203", &["sun", "fish", "kite"], ""),
            demo_class("四(2)班", "402", &["car", "moon", "tree"], ""),
            demo_class("六(1)班", "601", &[], "4071"),
        ],
        teachers: vec![login("顾清", "role-homeroom", "四(2)班", "gu.qing", "")],
        office: vec![login(
            "沈云",
            "role-admin",
            "",
            "office",
            "JBSW Y3DP EHPK 3PXP",
        )],
        families: vec![link("林小满（二(3)班）", "/p/demo-token")],
        screens: vec![
            link("大厅", "/screen/show"),
            link("二(3)班", "/screen/show?c=203"),
        ],
    };
    book.add(
        "doors-demo",
        &Doors {
            demo: Some(demo),
            unknown_code: None,
        },
    );
}

fn demo_class(name: &str, code: &str, pictures: &[&str], digits: &str) -> DemoClass {
    DemoClass {
        name: name.to_owned(),
        href: format!("/c/{code}"),
        child: "林小满".to_owned(),
        pictures: pictures.iter().map(|id| (*id).to_owned()).collect(),
        digits: digits.to_owned(),
    }
}

fn login(name: &str, role: &str, detail: &str, login: &str, totp: &str) -> DemoLogin {
    DemoLogin {
        name: name.to_owned(),
        role_key: role.to_owned(),
        detail: detail.to_owned(),
        login: login.to_owned(),
        password: "shan-lan-yu-he-42".to_owned(),
        totp_secret: totp.to_owned(),
    }
}

fn link(name: &str, href: &str) -> DemoLink {
    DemoLink {
        name: name.to_owned(),
        href: href.to_owned(),
    }
}

fn staff_doors(book: &mut Book) {
    book.add("sign-in", &SignIn::default());
    for (name, problem) in [
        ("sign-in-wrong", SignInProblem::Wrong),
        ("sign-in-wait", SignInProblem::Wait),
        ("sign-in-ended", SignInProblem::Ended),
    ] {
        let page = SignIn {
            login: "gu.qing".to_owned(),
            problem: Some(problem),
            wait_seconds: 30,
            ..SignIn::default()
        };
        book.add(name, &page);
    }
    passwords(book);
    for status in [400, 403, 404, 409, 410, 413, 429, 500, 503] {
        let mut page = ErrorPage::new(status, "/", "0193-7f2a");
        page.wait_seconds = if status == 429 { 40 } else { 0 };
        book.add(&format!("error-{status}"), &page);
    }
}

fn passwords(book: &mut Book) {
    let problems = [
        None,
        Some(PasswordProblem::WrongOld),
        Some(PasswordProblem::Short),
        Some(PasswordProblem::Common),
        Some(PasswordProblem::Same),
        Some(PasswordProblem::Differs),
    ];
    for (number, problem) in problems.into_iter().enumerate() {
        let page = PasswordPage {
            first: number == 0,
            min_length: 12,
            problem,
        };
        book.add(&format!("password-{number}"), &page);
    }
    book.add(
        "enrol",
        &EnrolPage {
            qr: parts::Qr::from_modules(29, |row, column| (row * 7 + column * column) % 3 == 0),
            secret: "JBSW Y3DP EHPK 3PXP".to_owned(),
            wrong_code: true,
        },
    );
    book.add(
        "setup",
        &SetupPage {
            action: "/setup/abc".to_owned(),
            school: "青藤小学".to_owned(),
            login: "office".to_owned(),
            min_length: 12,
            bad_login: true,
            ..SetupPage::default()
        },
    );
}

/// Name, syllables, head and ground, state.
const CHILDREN: [(&str, &str, TileState); 45] = [
    ("林小满", "lín xiǎo mǎn", TileState::Plain),
    ("周子涵", "zhōu zǐ hán", TileState::Done),
    ("陈一诺", "chén yī nuò", TileState::Done),
    ("吴沐阳", "wú mù yáng", TileState::Done),
    ("赵可欣", "zhào kě xīn", TileState::Done),
    ("孙嘉木", "sūn jiā mù", TileState::Done),
    ("李知夏", "lǐ zhī xià", TileState::Done),
    ("王乐天", "wáng lè tiān", TileState::Done),
    ("许清禾", "xǔ qīng hé", TileState::Plain),
    ("何安然", "hé ān rán", TileState::Done),
    ("郑书瑶", "zhèng shū yáo", TileState::Plain),
    ("冯景行", "féng jǐng xíng", TileState::Plain),
    ("谢雨桐", "xiè yǔ tóng", TileState::Leave),
    ("唐果", "táng guǒ", TileState::Done),
    ("宋明远", "sòng míng yuǎn", TileState::Plain),
    ("韩朵朵", "hán duǒ duǒ", TileState::Plain),
    ("曹星野", "cáo xīng yě", TileState::Plain),
    ("邓若溪", "dèng ruò xī", TileState::Done),
    ("彭一帆", "péng yī fān", TileState::Done),
    ("苏小禾", "sū xiǎo hé", TileState::Plain),
    ("潘亦辰", "pān yì chén", TileState::Done),
    ("田甜", "tián tián", TileState::Plain),
    ("杜若飞", "dù ruò fēi", TileState::Done),
    ("叶知秋", "yè zhī qiū", TileState::Done),
    ("程予安", "chéng yǔ ān", TileState::Plain),
    ("魏向南", "wèi xiàng nán", TileState::Done),
    ("蒋思源", "jiǎng sī yuán", TileState::Plain),
    ("沈听雨", "shěn tīng yǔ", TileState::Done),
    ("卢卡卡", "lú kǎ kǎ", TileState::Done),
    ("余欢", "yú huān", TileState::Done),
    ("钟灵", "zhōng líng", TileState::Done),
    ("姚望舒", "yáo wàng shū", TileState::Plain),
    ("姜浩然", "jiāng hào rán", TileState::Done),
    ("范晓晨", "fàn xiǎo chén", TileState::Leave),
    ("方圆", "fāng yuán", TileState::Done),
    ("石磊", "shí lěi", TileState::Done),
    ("廖青青", "liào qīng qīng", TileState::Done),
    ("白露", "bái lù", TileState::Done),
    ("江河", "jiāng hé", TileState::Done),
    ("金多多", "jīn duō duō", TileState::Plain),
    ("欧阳念慈", "ōu yáng niàn cí", TileState::Done),
    ("夏阳", "xià yáng", TileState::Done),
    ("秦朗", "qín lǎng", TileState::Plain),
    ("史小语", "shǐ xiǎo yǔ", TileState::Plain),
    ("阿依古丽·买买提", "", TileState::Plain),
];

fn classes(book: &mut Book) {
    book.add("class-low", &class(true));
    book.add("class-high", &class(false));
    let closed = |low| ClassPage {
        open: false,
        tiles: Vec::new(),
        lit: 0,
        ..class(low)
    };
    book.add("class-closed-low", &closed(true));
    book.add("class-closed-high", &closed(false));
}

fn class(low: bool) -> ClassPage {
    let tiles = CHILDREN
        .iter()
        .zip(1u32..)
        .map(|((name, pinyin, state), number)| Tile {
            number,
            href: format!("/c/203/{number}"),
            name: if low {
                words(name, pinyin)
            } else {
                plain(name)
            },
            avatar: Avatar::by_number(number),
            state: *state,
        })
        .collect();
    ClassPage {
        code: "203".to_owned(),
        class_name: if low {
            words("二(3)班", "èr bān")
        } else {
            plain("六(1)班")
        },
        low,
        open: true,
        tiles,
        lit: 27,
        cards: true,
        scan: None,
        wait_seconds: 0,
        duty: !low,
        no_duty: !low,
    }
}

fn cards(book: &mut Book) {
    let card = |problem| CardPage {
        class_href: "/c/203".to_owned(),
        low: true,
        name: words("林小满", "lín xiǎo mǎn"),
        avatar: Some(head("bear", 0)),
        problem,
        wait_seconds: 20,
    };
    book.add("card", &card(None));
    book.add("card-old", &card(Some(CardProblem::Old)));
    book.add("card-wait", &card(Some(CardProblem::Wait)));
    let closed = CardPage {
        name: Vec::new(),
        avatar: None,
        ..card(Some(CardProblem::Closed))
    };
    book.add("card-closed", &closed);
    let scanned = ClassPage {
        scan: Some(CardProblem::Unknown),
        ..class(true)
    };
    book.add("class-card-unknown", &scanned);
}

fn pins(book: &mut Book) {
    let low = || {
        let name = words("林小满", "lín xiǎo mǎn");
        PinPage::new("/c/203/1", "/c/203", name, head("bear", 0), Pad::Pictures)
    };
    let high = || {
        let name = plain("曹星野");
        PinPage::new("/c/601/17", "/c/601", name, head("pig", 2), Pad::Digits)
    };
    book.add("pin-pictures", &low().with_taps(&["sun"]));
    book.add("pin-digits", &high().with_taps(&["4", "0"]));
    for (name, problem) in [
        ("wrong", PinProblem::Wrong),
        ("wait", PinProblem::Wait),
        ("closed", PinProblem::Closed),
    ] {
        let mut page = low();
        page.problem = Some(problem);
        page.wait_seconds = 20;
        book.add(&format!("pin-{name}"), &page);
    }
}
