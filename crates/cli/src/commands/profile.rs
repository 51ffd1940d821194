//! `pdt profile`.

use pdt_engine::api::ProfileDto;

use crate::args::ProfileCommand;
use crate::context::{Answer, Context};
use crate::failure::Failure;
use crate::output::table::Listing;
use crate::output::terminal::Terminal;

pub(crate) async fn run(command: &ProfileCommand, context: &Context) -> Result<Answer, Failure> {
    match command {
        ProfileCommand::List => {
            let profiles = context.engine.profiles().await?;
            context.answer(&profiles, |terminal| show(&profiles, terminal))
        }
    }
}

fn show(profiles: &[ProfileDto], terminal: Terminal) -> String {
    let mut listing = Listing::new(["PROFILE", "ACCOUNTS", "REPOSITORIES"]);
    for profile in profiles {
        let counts = [profile.accounts.to_string(), profile.repositories.to_string()];
        let [accounts, repositories] = counts.map(Into::into);
        listing.add([profile.name.as_str().into(), accounts, repositories]);
    }
    listing.render(
        terminal,
        "No profiles yet. Adding an account makes one: pdt account add github --token-stdin",
    )
}
