//! The command table of the `/chat` namespace, a line for each command.

use crate::commands::{
    blocks, context::member::Context, delivery, dispatch::Commands, messages, notifications, pins, presence, previews,
    profile, push, reactions, reading, reports, rooms, saved, search, snapshot, threads, typing,
};
use std::sync::LazyLock;

/// `add_in` registers commands for a room's members only; `add_for_members` registers those of them that read.
pub(super) static COMMANDS: LazyLock<Commands<Context>> = LazyLock::new(|| {
    let mut all = Commands::default();
    all.add(snapshot::get);
    all.add(rooms::list);
    all.add(rooms::create);
    all.add(rooms::join);
    all.add_in(rooms::leave, |command| command.room);
    all.add_in(rooms::invite, |command| command.room);
    all.add_in(rooms::change, |command| command.room);
    all.add_in(rooms::change_member, |command| command.room);
    all.add_in(rooms::remove_member, |command| command.room);
    all.add_in(rooms::star, |command| command.room);
    all.add_in(rooms::open, |command| command.room);
    all.add_for_members(rooms::catch_up, |command| command.room);
    all.add(rooms::start_direct);
    all.add_in(messages::post, |command| command.room);
    all.add_in(messages::edit, |command| command.room);
    all.add_in(messages::delete, |command| command.room);
    all.add_for_members(messages::history, |command| command.room);
    all.add_for_members(messages::later, |command| command.room);
    all.add_for_members(messages::around, |command| command.room);
    all.add_for_members(messages::versions, |command| command.room);
    all.add_for_members(reports::report, |command| command.room);
    all.add_in(threads::open, |command| command.room);
    all.add_for_members(threads::history, |command| command.room);
    all.add_in(threads::follow, |command| command.room);
    all.add_in(threads::mark_read, |command| command.room);
    all.add_in(threads::mark_unread, |command| command.room);
    all.add(threads::explain);
    all.add(threads::list);
    all.add_in(reactions::add, |command| command.room);
    all.add_in(reactions::remove, |command| command.room);
    all.add_in(pins::add, |command| command.room);
    all.add_in(pins::remove, |command| command.room);
    all.add_for_members(pins::list, |command| command.room);
    all.add_in(previews::remove, |command| command.room);
    all.add(saved::add);
    all.add(saved::remove);
    all.add(saved::list);
    all.add_in(reading::mark, |command| command.room);
    all.add(reading::mark_all);
    all.add_in(reading::mark_unread, |command| command.room);
    all.add(search::messages);
    all.add_in(notifications::set_level, |command| command.room);
    all.add(notifications::set_quiet);
    all.add(notifications::explain);
    all.add(push::key);
    all.add(push::subscribe);
    all.add(push::unsubscribe);
    all.add(push::attend);
    all.add_for_members(typing::set, |command| command.room);
    all.add(delivery::report);
    all.add_for_members(delivery::get, |command| command.room);
    all.add(presence::set);
    all.add(profile::update);
    all.add(profile::status);
    all.add(profile::zone);
    all.add(profile::reading);
    all.add(blocks::set);
    all
});
