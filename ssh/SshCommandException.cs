namespace AppStack.Ssh;

/// <summary>A remote command ran and failed.</summary>
public sealed class SshCommandException : Exception
{
    /// <summary>Makes the message of what was to be done, the exit code and the command's output.</summary>
    public SshCommandException(string what, SshResult result)
        : base(Describe(what, result)) => Result = result;

    /// <summary>How the command ended.</summary>
    public SshResult Result { get; }

    private static string Describe(string what, SshResult result)
    {
        var ending = result.Signal is null ? $"exit code {result.ExitCode}" : $"ended by SIG{result.Signal}";
        var output = string.Join('\n', new[] { result.Stderr.TrimEnd(), result.Stdout.TrimEnd() }.Where(text => text.Length > 0));
        return output.Length == 0 ? $"{what} failed: {ending}, without any output." : $"{what} failed: {ending}.\n{output}";
    }
}
