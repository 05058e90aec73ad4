//! The wire format: the examples of the protocol documents, what must be
//! refused, and laws that hold for any packet and any input.

mod anatomy;
mod beside_socketioxide;
mod corpus;
mod engine_examples;
mod laws;
mod refusals;
mod socket_examples;
