//! What blobs hold, read by `git cat-file --batch`.

use super::git;
use crate::locale::Message;
use crate::message;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;

/// Gives the texts of blobs, in their order; `None` for one that is no text, or too large.
pub(super) fn texts(
    root: &Path,
    blobs: &[&str],
    take: &mut dyn FnMut(Option<String>),
) -> Result<(), Message> {
    contents(root, blobs, &mut |bytes| take(bytes.and_then(text_of)))
}

/// Gives what blobs hold, in their order; `None` for one that is not there, or too large.
///
/// # Errors
/// A message where git cannot be run or fails.
pub(in crate::disk) fn contents(
    root: &Path,
    blobs: &[&str],
    take: &mut dyn FnMut(Option<Vec<u8>>),
) -> Result<(), Message> {
    if blobs.is_empty() {
        return Ok(());
    }
    let failed = |error: std::io::Error| message!("no-history-git", reason = &error);
    let mut command = git(root);
    command.args(["cat-file", "--batch", "--buffer"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(message!("no-history-failed"));
    };
    let asked: String = blobs.iter().flat_map(|blob| [*blob, "\n"]).collect();
    let result = std::thread::scope(|scope| {
        // Both pipes are narrow: who writes all before reading would wait for ever.
        scope.spawn(move || drop(input.write_all(asked.as_bytes())));
        let mut output = BufReader::new(output);
        blobs.iter().try_for_each(|_| read_blob(&mut output).map(&mut *take))
    });
    let _ = child.kill();
    let _ = child.wait();
    result.map_err(failed)
}

/// One answer of `git cat-file --batch`.
fn read_blob(output: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = String::new();
    if output.read_line(&mut line)? == 0 {
        return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
    }
    // "<id> missing", or "<id> blob <size>".
    let Some(size) = line.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok()) else {
        return Ok(None);
    };
    if size > super::super::MAX_CHAPTER {
        std::io::copy(&mut output.take(size + 1), &mut std::io::sink())?;
        return Ok(None);
    }
    let mut bytes = vec![0; usize::try_from(size).unwrap_or(0) + 1];
    output.read_exact(&mut bytes)?;
    bytes.pop();
    Ok(Some(bytes))
}

/// The text that bytes are, if they are one.
fn text_of(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(super::super::encoding::without_mark(&bytes).to_vec()).ok();
    text.filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_passed_over() {
        let mut answers: &[u8] = b"a1 blob 3\nabc\nb2 missing\nc3 blob 2\n\xff\xfe\nd4 blob 0\n\n";
        let mut next = || read_blob(&mut answers).unwrap().and_then(text_of);
        assert_eq!(
            (next(), next(), next(), next()),
            (Some("abc".to_owned()), None, None, Some(String::new()))
        );
    }
}
