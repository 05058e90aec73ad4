//! Every command of the `/chat` namespace, a line each.

use super::queue::{Context, Queue, Registrar};
use crate::{accounts::profile, messages, pages, reach, reading, rooms, typing};
use socketioxide::extract::SocketRef;

pub(super) fn register(socket: &SocketRef, ctx: Context, queue: Queue) {
    let on = Registrar::new(socket, ctx, queue);
    on.command(pages::snapshot::get);
    on.command(rooms::list);
    on.command(rooms::create);
    on.command(rooms::join);
    on.command(rooms::leave);
    on.command(rooms::invite);
    on.command(rooms::open);
    on.command(rooms::catch_up);
    on.command(rooms::start_direct);
    on.command(messages::post);
    on.command(messages::edit);
    on.command(messages::delete);
    on.command(messages::history);
    on.command(reading::mark);
    on.command(typing::set);
    on.command(reach::report);
    on.command(reach::get);
    on.command(profile::update);
    on.anything_else();
}
