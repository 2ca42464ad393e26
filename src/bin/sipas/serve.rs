//! Serving a folder of built pages, with the headers they are meant to have.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::services::ServeDir;

use crate::site::{HEADERS, is_fingerprinted};

/// Serves until interrupted.
pub fn serve(folder: &Path, listen: SocketAddr) -> Result<ExitCode> {
    let page = folder.join("index.html");
    ensure!(page.is_file(), "{} is missing: build the pages first (tools/build)", page.display());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on {listen}; is another server running there? choose another with --listen")
        })?;
        let address = listener.local_addr()?;
        let at = shown(address);
        // Nobody may be reading any more; that must not stop the server.
        let _ = writeln!(
            std::io::stderr(),
            "serving {} on http://{at}\n  respondents: http://{at}/   office: http://{at}/office/   (Ctrl+C stops)",
            folder.display(),
        );
        axum::serve(listener, router(folder))
            .with_graceful_shutdown(async {
                let _ = tokio::signal::ctrl_c().await;
            })
            .await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The address a person would type.
fn shown(address: SocketAddr) -> String {
    if address.ip().is_loopback() { format!("localhost:{}", address.port()) } else { address.to_string() }
}

fn router(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(from_fn(with_headers))
}

async fn with_headers(request: Request, next: Next) -> Response {
    let name = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
    let mut response = next.run(request).await;
    let forever = is_fingerprinted(&name) && response.status().is_success();
    let cache = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
