//! card_key
