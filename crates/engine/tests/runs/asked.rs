//! What a window asks for beside the runs.

use pdt_domain::ids::Name;
use pdt_domain::provider::Provider;
use pdt_domain::run::Trigger;
use pdt_domain::secret::Token;
use pdt_engine::api::{AddAccount, ClosingChoice, Code, CommitQuery};

use crate::stage::{Stage, TOKEN, profile};

#[tokio::test]
async fn a_commits_page_is_one_that_may_be_opened() {
    let stage = Stage::set(&[]).await;
    stage.run(Trigger::Manual).await;
    let commit = stage.engine.commits(&profile(), CommitQuery::default()).await.unwrap().remove(0);
    let url = commit.url.unwrap();
    assert_eq!(url, format!("{}/acme/widgets/commit/{}", stage.github.url(), commit.sha));
    assert_eq!(stage.engine.checked_link(&profile(), &url).await.unwrap(), url);
    let elsewhere = stage.engine.checked_link(&profile(), "https://evil.example/").await.unwrap_err();
    assert_eq!(elsewhere.code, Code::Usage, "{elsewhere}");
}

#[tokio::test]
async fn nobody_is_asked_twice_what_closing_means() {
    let stage = Stage::set(&[]).await;
    assert_eq!(stage.engine.closing_choice().await.unwrap(), None, "nobody has chosen yet");
    for choice in [ClosingChoice::Stay, ClosingChoice::Quit] {
        stage.engine.choose_closing(choice).await.unwrap();
        assert_eq!(stage.engine.closing_choice().await.unwrap(), Some(choice));
    }
    assert!(stage.engine.warnings().is_empty(), "it is no setting that could be misread");
}

#[tokio::test]
async fn a_token_is_taken_as_it_was_pasted_and_one_that_cannot_be_is_not_sent() {
    let stage = Stage::set(&[]).await;
    stage.connect(&format!(" {TOKEN}\r\n")).await;
    stage.github.reset_requests();
    for (text, said) in [("", "The token is empty."), ("a b", "The token holds a blank")] {
        let account = AddAccount {
            profile: profile(),
            provider: Provider::Github,
            url: Some(stage.github.url().to_owned()),
            name: Some("other".to_owned()),
            token: Some(Token::new(text.to_owned())),
            email: None,
            projects: None,
            collects: None,
        };
        let error = stage.engine.add_account(account).await.unwrap_err();
        assert!(error.code == Code::Usage && error.message.starts_with(said), "{error}");
    }
    assert!(stage.github.requests().is_empty(), "the service was not asked");
}

#[tokio::test]
async fn an_unknown_name_is_answered_with_those_there_are() {
    let stage = Stage::set(&[]).await;
    let error = stage.engine.check_accounts(&profile(), Some("wrok")).await.unwrap_err();
    assert_eq!(error.to_string(), "There is no account \"wrok\" in this profile.\nThere is work.");
    let client = Name::parse("client").unwrap();
    let error = stage.engine.accounts(&client).await.unwrap_err();
    let expected =
        "There is no profile \"client\".\nThere is default. Connecting an account in a new profile makes it.";
    assert_eq!(error.to_string(), expected);
}
