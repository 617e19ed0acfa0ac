//! Starts the language server of journey, `journey lsp`, where Zed opens a map.
use zed_extension_api::{self as zed, settings::LspSettings, LanguageServerId, Result};

struct Journey;

impl zed::Extension for Journey {
    fn new() -> Self {
        Journey
    }

    /// The program of Zed's settings (`lsp.journey.binary.path`), else the one that the PATH has.
    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        folder: &zed::Worktree,
    ) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(server.as_ref(), folder)
            .ok()
            .and_then(|settings| settings.binary);
        let command = binary
            .and_then(|binary| binary.path)
            .or_else(|| folder.which("journey"))
            .ok_or("journey is not found: install it, or set lsp.journey.binary.path in Zed's settings")?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".to_string()],
            env: folder.shell_env(),
        })
    }
}

zed::register_extension!(Journey);
