//! The `handbook` command.

mod cli;

/// Pages are made of many small strings on several threads, which most systems' allocators are slow
/// at. The GNU C library's is as fast by now, and a book takes some 8 % less memory with it.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
