//! The one writer: a thread that takes queued writes, runs each in a savepoint of one shared transaction and answers
//! only after the commit (group commit). A refusal or a panic of one write undoes that write and nobody else's.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
};

use super::{
    engine::Db,
    error::{StorageError, Stored},
};

/// Writes that may wait; past that, callers are asked to come back.
const QUEUE: usize = 4096;
/// Writes that share one commit at the most.
const GROUP: usize = 256;

/// What a queued write leaves behind: whether its changes stay, and whom to tell how the commit went.
pub(super) struct Done {
    pub(super) keep: bool,
    pub(super) answer: Box<dyn FnOnce(Stored<()>) + Send>,
}

/// A queued write.
pub(super) type Job = Box<dyn FnOnce(&mut Db) -> Done + Send>;

/// Handle to the thread.
#[derive(Clone)]
pub(super) struct Writer {
    queue: SyncSender<Job>,
}

impl Writer {
    /// Starts the thread on its own connection.
    pub(super) fn start(db: Db) -> Stored<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("starlight-writer".to_owned())
            .spawn(move || serve(db, &jobs))
            .map_err(|e| StorageError::Broken(e.to_string()))?;
        Ok(Self { queue })
    }

    /// Queues a write; a full queue is `Busy`.
    pub(super) fn send(&self, job: Job) -> Stored<()> {
        self.queue.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => StorageError::Busy,
            TrySendError::Disconnected(_) => {
                StorageError::Broken("the writer has stopped".to_owned())
            }
        })
    }
}

fn serve(mut db: Db, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let group = std::iter::once(first).chain(jobs.try_iter().take(GROUP - 1));
        commit_group(&mut db, group);
    }
}

fn commit_group(db: &mut Db, group: impl Iterator<Item = Job>) {
    let began = db.begin();
    if let Err(error) = &began {
        tracing::error!(%error, "a write could not begin");
        // Dropping the jobs drops their answers: every caller is told that the write did not happen.
        group.for_each(drop);
        return;
    }
    let done: Vec<Done> = group.map(|job| in_savepoint(db, job)).collect();
    let committed = db.run("COMMIT");
    if let Err(error) = &committed {
        tracing::error!(%error, "a commit failed");
        let _ = db.run("ROLLBACK");
    }
    for one in done {
        (one.answer)(match &committed {
            Ok(()) => Ok(()),
            Err(_) => Err(StorageError::Busy),
        });
    }
}

fn in_savepoint(db: &mut Db, job: Job) -> Done {
    let ready = db.run("SAVEPOINT one");
    let outcome = catch_unwind(AssertUnwindSafe(|| job(db)));
    let done = outcome.unwrap_or_else(|_| Done {
        keep: false,
        answer: Box::new(|_| ()),
    });
    if done.keep && ready.is_ok() {
        if let Err(error) = db.run("RELEASE SAVEPOINT one") {
            tracing::error!(%error, "a write could not be kept");
            let _ = db.run("ROLLBACK TO SAVEPOINT one");
            return Done {
                keep: false,
                answer: Box::new(move |_| (done.answer)(Err(error))),
            };
        }
        return done;
    }
    let _ = db.run("ROLLBACK TO SAVEPOINT one; RELEASE SAVEPOINT one");
    done
}
