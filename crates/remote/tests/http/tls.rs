//! Encrypted servers, and whom the client trusts.

use std::path::PathBuf;
use std::sync::Arc;

use pdt_remote::http::{ApiClient, Call, Kind, RemoteError};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use url::Url;

use crate::server::{Play, Server};
use crate::{CANARY, config};

/// A server with a certificate that signs itself, and that certificate in a file.
struct Encrypted {
    server: Server,
    file: PathBuf,
    _folder: TempDir,
}

async fn encrypted(name: &str, change: impl FnOnce(&mut CertificateParams)) -> Encrypted {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("own.pem");
    std::fs::write(&file, certificate.pem()).unwrap();

    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = Server::at(&format!("https://localhost:{port}"), |_, _| Play::json("[7]"));
    let serving = server.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(stream) = acceptor.accept(stream).await {
                tokio::spawn(serving.clone().converse(stream));
            }
        }
    });
    Encrypted { server, file, _folder: folder }
}

async fn ask(root: &Url, certificates: Vec<PathBuf>) -> Result<Vec<u8>, RemoteError> {
    let mut config = config(root);
    config.certificates = certificates;
    ApiClient::new(config)?.send(Call::get("x")).await?.json()
}

#[tokio::test]
async fn an_own_certificate_is_trusted_by_its_file_only() {
    let own = encrypted("localhost", |_| {}).await;
    let error = ask(&own.server.root, Vec::new()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Certificate, "{error}");
    assert!(error.to_string().contains("nobody whom this system trusts has signed it"), "{error}");
    assert_eq!(own.server.count(), 0, "the token was not sent to a stranger");
    assert_eq!(ask(&own.server.root, vec![own.file.clone()]).await.unwrap(), [7], "with the file it is");
}

#[tokio::test]
async fn an_authority_that_poses_as_server_is_trusted_if_it_is_the_one_named() {
    let authority = |params: &mut CertificateParams| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let (own, other) = (encrypted("localhost", authority).await, encrypted("localhost", authority).await);
    assert_eq!(ask(&own.server.root, vec![own.file.clone()]).await.unwrap(), [7], "openssl makes such");
    let error = ask(&own.server.root, vec![other.file.clone()]).await.unwrap_err();
    assert_eq!(error.kind, Kind::Certificate, "one like it is another");
}

#[tokio::test]
async fn name_and_dates_count_also_for_an_own_certificate() {
    for kind in [IsCa::NoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
        let expired = encrypted("localhost", |params| {
            params.is_ca = kind;
            params.not_before = rcgen::date_time_ymd(2019, 1, 1);
            params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        })
        .await;
        let error = ask(&expired.server.root, vec![expired.file.clone()]).await.unwrap_err();
        assert_eq!(error.kind, Kind::Certificate);
        assert!(error.to_string().contains("it has expired"), "{error}");

        let other = encrypted("gitlab.example", |params| params.is_ca = kind).await;
        let error = ask(&other.server.root, vec![other.file.clone()]).await.unwrap_err();
        assert_eq!(error.kind, Kind::Certificate, "a certificate for another host");
    }
}

#[tokio::test]
async fn a_certificate_file_that_cannot_be_used_is_named() {
    let folder = TempDir::new().unwrap();
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (name, content, said) in [
        ("missing.pem", None, "cannot be read"),
        ("empty.pem", Some(""), "holds no certificate"),
        ("words.pem", Some("not a certificate"), "holds no certificate"),
        ("broken.pem", Some(broken), "no certificate"),
    ] {
        let file = folder.path().join(name);
        if let Some(content) = content {
            std::fs::write(&file, content).unwrap();
        }
        for root in ["https://gitlab.example", "http://127.0.0.1:1"] {
            let error = ask(&Url::parse(root).unwrap(), vec![file.clone()]).await.unwrap_err();
            assert_eq!(error.kind, Kind::Certificate);
            let sentence = error.to_string();
            assert!(sentence.contains(name) && sentence.contains(said), "{sentence}");
        }
    }
}

#[tokio::test]
async fn a_server_without_encryption_gets_no_token() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let root = Url::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    let serving = tokio::spawn(async move {
        let mut heard = Vec::new();
        for _ in 0..4 {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.read_buf(&mut heard).await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await.unwrap();
        }
        heard
    });
    let error = ask(&root, Vec::new()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Passing, "{error}");
    assert!(error.to_string().contains("no secure connection could be made"), "{error}");
    let heard = serving.await.unwrap();
    assert!(
        !heard.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()),
        "what it got was no request"
    );
}

#[tokio::test]
async fn plain_http_to_another_machine_is_not_sent() {
    let error = ask(&Url::parse("http://gitlab.example").unwrap(), Vec::new()).await.unwrap_err();
    assert!(error.status().is_none(), "{error}");
}
