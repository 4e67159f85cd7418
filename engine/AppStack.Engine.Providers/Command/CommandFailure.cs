using AppStack.Engine.Model.Providers;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>Words the message for a command that failed.</summary>
internal static class CommandFailure
{
    private const int LongestCommand = 300;

    public static ProviderException Describe(string command, int exitCode, string? signal, string? where, CommandOutputLog output, SecretTexts secrets)
    {
        var ending = signal is null ? $"exit status {exitCode}" : $"ended by SIG{signal}";
        var place = where is null ? "" : $" on {where}";
        var said = output.Combined;
        return new ProviderException($"{ending}{place}: running \"{Shorten(command, secrets)}\":\n{(said.Length == 0 ? "(it wrote nothing)" : said)}");
    }

    /// <summary>The command for a message: without secrets, and not a whole script.</summary>
    public static string Shorten(string command, SecretTexts secrets)
    {
        var masked = secrets.MaskIn(command).Trim();
        return masked.Length <= LongestCommand ? masked : masked[..LongestCommand] + "[...]";
    }
}
