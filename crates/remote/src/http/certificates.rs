//! Whom to trust: the system's certificates, and those of files that the person named.
//!
//! A company's own host is often reached with a certificate that signs itself and calls itself an authority
//! (`openssl req -x509` makes such). Certificate checkers refuse an authority that poses as a server, so a server
//! certificate that is itself in one of the person's files is accepted as it is, if its name and dates are right.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ClientConfig, verify_server_name};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

/// Why no trust could be set up; the end of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unusable {
    #[error("the certificate file {} cannot be read: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: std::io::ErrorKind },
    #[error("the certificate file {} holds no certificate; PDT expects PEM text with \"BEGIN CERTIFICATE\"", path.display())]
    Empty { path: PathBuf },
    #[error("the certificate file {} holds something that is no certificate", path.display())]
    Broken { path: PathBuf },
    #[error(
        "this system has no trusted certificates; install its package of certificates (ca-certificates on Linux)"
    )]
    NoSystem,
}

/// TLS as PDT speaks it, trusting the system and these PEM files.
///
/// # Errors
/// Where a file cannot be used, naming it, or the system trusts nobody and there is no file.
pub(super) fn trusting(files: &[PathBuf]) -> Result<ClientConfig, Unusable> {
    let provider = Arc::new(ring::default_provider());
    let mut own = Vec::new();
    for file in files {
        own.extend(read(file)?);
    }
    let system = Verifier::new_with_extra_roots(own.iter().cloned(), provider.clone())
        .map_err(|_| Unusable::NoSystem)?;
    let verifier = Arc::new(Trust { system, own, provider: provider.clone() });
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Unusable::NoSystem)?;
    let mut config = config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// TLS that trusts nobody, for a client that speaks to this machine without it: the HTTP library wants one.
pub(super) fn trusting_nobody() -> Result<ClientConfig, Unusable> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().map_err(|_| Unusable::NoSystem)?;
    Ok(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// The certificates of one PEM file.
fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, Unusable> {
    let text = std::fs::read(path)
        .map_err(|error| Unusable::Unreadable { path: path.to_owned(), reason: error.kind() })?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let certificates = found.map_err(|_| Unusable::Broken { path: path.to_owned() })?;
    if certificates.is_empty() {
        return Err(Unusable::Empty { path: path.to_owned() });
    }
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        store.add(certificate.clone()).map_err(|_| Unusable::Broken { path: path.to_owned() })?;
    }
    Ok(certificates)
}

/// The platform's verdict, except for a certificate that the person handed over themselves.
#[derive(Debug)]
struct Trust {
    system: Verifier,
    own: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl Trust {
    /// Whether the refusal came only from what kind of certificate it is, and the person named this very one.
    fn accepts(&self, certificate: &CertificateDer<'_>, name: &ServerName<'_>, refusal: &Error) -> bool {
        let is_about_kind = matches!(
            refusal,
            Error::InvalidCertificate(CertificateError::Other(_) | CertificateError::UnknownIssuer)
        );
        let has_name = ParsedCertificate::try_from(certificate)
            .and_then(|parsed| verify_server_name(&parsed, name))
            .is_ok();
        is_about_kind && has_name && self.own.iter().any(|own| own.as_ref() == certificate.as_ref())
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict =
            self.system.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        verdict.or_else(|refusal| {
            if self.accepts(end_entity, server_name, &refusal) {
                Ok(ServerCertVerified::assertion())
            } else {
                Err(refusal)
            }
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
