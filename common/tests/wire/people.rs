//! People and their profiles.

use crate::{
    cast::{ada, grace},
    snapshots::{assert_exchange, assert_reads_back},
};
use common::people::UpdateProfile;

#[test]
fn a_changed_profile_comes_back_as_the_person() {
    assert_exchange(UpdateProfile { name: "Grace Hopper".into(), hue: 2 }, grace());
}

#[test]
fn every_role_reads_back() {
    for person in [ada(), grace()] {
        assert_reads_back(&person);
    }
}
