//! The `handbook` command.

mod cli;

/// Pages are made of many small strings on several threads, where the system's
/// allocator costs a fifth of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
