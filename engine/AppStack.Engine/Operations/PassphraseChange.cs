using System.Text;
using AppStack.Engine.Backend;
using AppStack.Engine.Projects;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <summary>
/// A change of the passphrase touches two files, the state and the settings, and the machine may die in between. The new settings are
/// written beside the old ones first; the salt of the state then tells which of them belong to it.
/// </summary>
internal sealed class PassphraseChange(IStateFiles files, string settingsPath)
{
    private string Pending => PendingFile(settingsPath);

    /// <summary>Where the new settings are until the change is complete.</summary>
    public static string PendingFile(string settingsPath) => settingsPath + ".new-passphrase";

    /// <summary>The settings, where no change was interrupted.</summary>
    public string? ReadSettings() => Text(settingsPath);

    /// <summary>The settings that belong to the state.</summary>
    public string? ReadSettings(ReadOnlySpan<byte> checkpoint)
    {
        var settings = Text(settingsPath);
        return Text(Pending) is { } changed && Belongs(changed, checkpoint) ? changed : settings;
    }

    /// <summary>Whether a change was interrupted.</summary>
    public bool IsInterrupted => files.Exists(Pending);

    /// <summary>Writes the new settings beside the old ones, for a state that is about to be encrypted under them.</summary>
    public void Prepare(string settings) => files.Replace(Pending, Encoding.UTF8.GetBytes(settings), durable: true);

    /// <summary>Completes or undoes a change that was interrupted. The stack must be locked.</summary>
    /// <returns>Whether the new passphrase holds.</returns>
    public bool Settle(ReadOnlySpan<byte> checkpoint)
    {
        var isNew = Text(Pending) is { } changed && Belongs(changed, checkpoint);
        if (isNew)
        {
            files.Move(Pending, settingsPath);
        }
        else
        {
            files.Delete(Pending);
        }

        return isNew;
    }

    private bool Belongs(string settings, ReadOnlySpan<byte> checkpoint) =>
        CheckpointFormat.FindSalt(checkpoint) is { } salt && StackSettings.Read(settings, Pending).EncryptionSalt == salt;

    private string? Text(string path) => files.Read(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
