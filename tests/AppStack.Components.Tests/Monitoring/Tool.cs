using System.Diagnostics;

namespace AppStack.Components.Tests.Monitoring;

/// <summary>Runs a real tool in a folder of its own.</summary>
internal sealed class Tool : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("appstack-monitoring-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a command of a shell that must succeed.</summary>
    public string Run(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command + " 2>&1"]) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}\n{output}");
        return output;
    }
}
