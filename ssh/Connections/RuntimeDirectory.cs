namespace AppStack.Ssh.Connections;

/// <summary>
/// A directory of this process alone for control sockets and, while a connection is set up, credentials. It is in memory where the
/// machine offers that. A helper process removes it, and ends what still uses it, when this process is gone for whatever reason.
/// </summary>
internal sealed class RuntimeDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Its input ends when this process does, even by SIGKILL.
    private const string Caretaker = """
        while read -r _; do :; done
        for socket in "$1"/*.s; do
          [ -S "$socket" ] && ssh -F none -S "$socket" -O exit none
        done
        rm -rf -- "$1"
        """;

    private readonly ProcessGroup _caretaker;

    public RuntimeDirectory()
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(FindParent(), $"appstack-ssh-{RandomName.Next()}"), OwnerOnly).FullName;
        _caretaker = ProcessGroup.Start("sh", ["-c", Caretaker, "appstack-ssh", Path], inheritEnvironment: true);
    }

    public string Path { get; }

    /// <summary>Writes a file that only this user can read.</summary>
    public string WriteSecret(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new StreamWriter(stream);
        writer.Write(content);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // The caretaker tries again.
        }

        _caretaker.Stdin.Dispose();
        _caretaker.Dispose();
    }

    private static string FindParent()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/run", "/dev/shm"];
        return candidates.FirstOrDefault(candidate => candidate is not null && IsWritableMemory(candidate)) ?? System.IO.Path.GetTempPath();
    }

    private static bool IsWritableMemory(string path)
    {
        // Socket paths end at 107 characters, of which ssh takes 17 for a temporary name and this class about 40.
        const int LongestParent = 45;
        try
        {
            if (path.Length > LongestParent || !Directory.Exists(path) || new DriveInfo(path).DriveFormat != "tmpfs")
            {
                return false;
            }

            var probe = System.IO.Path.Combine(path, $"appstack-probe-{RandomName.Next()}");
            Directory.CreateDirectory(probe, OwnerOnly);
            Directory.Delete(probe);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
