//! Every command of the `/chat` namespace, a line each.

use super::queue::Commands;
use crate::{
    accounts::profile, blocks, messages, notifications, pages, pins, presence, previews, push, reach, reactions,
    reading, rooms, saved, search, threads, typing,
};
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Commands> = LazyLock::new(|| {
    let mut all = Commands::default();
    all.add(pages::snapshot::get);
    all.add(rooms::list);
    all.add(rooms::create);
    all.add(rooms::join);
    all.add(rooms::leave);
    all.add(rooms::invite);
    all.add(rooms::change);
    all.add(rooms::change_member);
    all.add(rooms::remove_member);
    all.add(rooms::star);
    all.add(rooms::open);
    all.add(rooms::catch_up);
    all.add(rooms::start_direct);
    all.add(messages::post);
    all.add(messages::edit);
    all.add(messages::delete);
    all.add(messages::history);
    all.add(messages::later);
    all.add(messages::around);
    all.add(messages::versions);
    all.add(threads::open);
    all.add(threads::history);
    all.add(threads::follow);
    all.add(threads::mark_read);
    all.add(threads::mark_unread);
    all.add(threads::explain);
    all.add(threads::list);
    all.add(reactions::add);
    all.add(reactions::remove);
    all.add(pins::add);
    all.add(pins::remove);
    all.add(pins::list);
    all.add(previews::remove);
    all.add(saved::add);
    all.add(saved::remove);
    all.add(saved::list);
    all.add(reading::mark);
    all.add(reading::mark_all);
    all.add(reading::mark_unread);
    all.add(search::messages);
    all.add(notifications::set_level);
    all.add(notifications::set_quiet);
    all.add(notifications::explain);
    all.add(push::key);
    all.add(push::subscribe);
    all.add(push::unsubscribe);
    all.add(push::attend);
    all.add(typing::set);
    all.add(reach::report);
    all.add(reach::get);
    all.add(presence::set);
    all.add(profile::update);
    all.add(profile::status);
    all.add(profile::zone);
    all.add(profile::reading);
    all.add(blocks::set);
    all
});
