//! The Rust SDK as a program that does what the bench asks for:
//! who | chain GROUP | get GROUP HOW | filter GROUP HOW, HOW being null, text or ndjson.
use aws_config::BehaviorVersion;
use std::io::{BufWriter, Write};

type Fault = Box<dyn std::error::Error>;

struct Sink {
    how: String,
    count: u64,
    out: BufWriter<std::io::Stdout>,
}

impl Sink {
    fn write(&mut self, timestamp: i64, message: &str) -> Result<(), Fault> {
        self.count += 1;
        match self.how.as_str() {
            "text" => writeln!(self.out, "{timestamp} {message}")?,
            "ndjson" => {
                write!(self.out, "{{\"timestamp\":{timestamp},\"message\":\"")?;
                quote(&mut self.out, message)?;
                self.out.write_all(b"\"}\n")?;
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Fault> {
        if self.how == "null" {
            writeln!(self.out, "{}", self.count)?;
        }
        Ok(self.out.flush()?)
    }
}

fn quote(out: &mut impl Write, text: &str) -> std::io::Result<()> {
    let bytes = text.as_bytes();
    let mut begin = 0;
    for (i, &byte) in bytes.iter().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.write_all(&bytes[begin..i])?;
        begin = i + 1;
        match byte {
            b'"' => out.write_all(b"\\\"")?,
            b'\\' => out.write_all(b"\\\\")?,
            b'\n' => out.write_all(b"\\n")?,
            b'\t' => out.write_all(b"\\t")?,
            _ => write!(out, "\\u{byte:04x}")?,
        }
    }
    out.write_all(&bytes[begin..])
}

async fn run(words: Vec<String>) -> Result<(), Fault> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    if words[1] == "who" {
        let answer = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await?;
        println!("{}", answer.arn().unwrap_or_default());
        return Ok(());
    }
    let client = aws_sdk_cloudwatchlogs::Client::new(&config);
    let group = &words[2];
    let how = words.get(3).cloned().unwrap_or_else(|| "text".into());
    let mut sink = Sink { how, count: 0, out: BufWriter::with_capacity(1 << 16, std::io::stdout()) };
    match words[1].as_str() {
        "chain" => {
            let page = client.get_log_events().log_group_name(group).log_stream_name("S").send().await?;
            for event in page.events() {
                sink.write(event.timestamp().unwrap_or(0), event.message().unwrap_or(""))?;
            }
        }
        "get" => {
            let mut token: Option<String> = None;
            loop {
                let page = client
                    .get_log_events()
                    .log_group_name(group)
                    .log_stream_name("S")
                    .start_from_head(true)
                    .set_next_token(token.clone())
                    .send()
                    .await?;
                for event in page.events() {
                    sink.write(event.timestamp().unwrap_or(0), event.message().unwrap_or(""))?;
                }
                if token.is_some() && page.next_forward_token() == token.as_deref() {
                    break;
                }
                token = page.next_forward_token().map(Into::into);
            }
        }
        _ => {
            let mut pages = client.filter_log_events().log_group_name(group).into_paginator().send();
            while let Some(page) = pages.next().await {
                for event in page?.events() {
                    sink.write(event.timestamp().unwrap_or(0), event.message().unwrap_or(""))?;
                }
            }
        }
    }
    sink.finish()
}

fn main() -> Result<(), Fault> {
    let words = std::env::args().collect();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(words))
}
