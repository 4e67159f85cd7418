using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AppStack.Lab.Tests.Platform;

/// <summary>Runs <c>./appstack</c> as people do, with a backend of its own.</summary>
internal sealed class AppStackCommand(string backend)
{
    /// <summary>The folder of the repository.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Environment variables that commands get besides those of the tests.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts a command; its output can be read while it runs.</summary>
    public Process Start(params string[] arguments)
    {
        var info = new ProcessStartInfo(Path.Combine(RepositoryRoot, "appstack"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment["PULUMI_BACKEND_URL"] = $"file://{backend}";
        info.Environment.Remove("PULUMI_CONFIG_PASSPHRASE");
        foreach (var (name, value) in Variables)
        {
            info.Environment[name] = value;
        }

        var process = Process.Start(info)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await FinishAsync(process, arguments);
    }

    /// <summary>Waits for the end of a command that was started.</summary>
    public static async Task<CommandResult> FinishAsync(Process process, params string[] arguments)
    {
        var stdout = process.StandardOutput.ReadToEndAsync();
        var stderr = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(string.Join(' ', arguments), process.ExitCode, await stdout, await stderr);
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "appstack")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
