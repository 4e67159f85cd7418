using System.Security.Cryptography;
using AppStack.Engine.Diagnostics;

namespace AppStack.Engine.Secrets;

/// <summary>Where the passphrase comes from: the environment, a file that it names, or a file of the stack's own.</summary>
internal sealed class PassphraseSource(Func<string, string?> environment, string? ownFile)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The passphrase.</summary>
    /// <exception cref="StackException">There is none; the message says how to give one.</exception>
    public string Read(string stack)
    {
        if (environment("PULUMI_CONFIG_PASSPHRASE") is { } given)
        {
            return given;
        }

        if (environment("PULUMI_CONFIG_PASSPHRASE_FILE") is { Length: > 0 } file)
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : throw new StackException($"PULUMI_CONFIG_PASSPHRASE_FILE names {file}, which does not exist.");
        }

        return ownFile is null
            ? throw new StackException(
                $"The secrets of the stack '{stack}' need a passphrase. Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it.")
            : ReadOrMake(ownFile);
    }

    private static string ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var temporary = $"{path}.{Environment.ProcessId}.tmp";
            using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(handle, OwnerOnly);
                }

                RandomAccess.Write(handle, System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"), 0);
                RandomAccess.FlushToDisk(handle);
            }

            try
            {
                File.Move(temporary, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was faster; its passphrase counts.
                File.Delete(temporary);
            }
        }

        return File.ReadAllText(path).Trim();
    }
}
