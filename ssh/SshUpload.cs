namespace AppStack.Ssh;

/// <summary>A file or a directory to copy to a node.</summary>
public sealed record SshUpload
{
    private SshUpload(string remotePath) => RemotePath = remotePath;

    /// <summary>Where it goes on the node. Directories on the way are made.</summary>
    public string RemotePath { get; }

    /// <summary>A local directory whose content goes into <see cref="RemotePath"/>; <see langword="null"/> for a file.</summary>
    public string? DirectoryPath { get; private init; }

    /// <summary>Files to put below <see cref="RemotePath"/>, by relative path; <see langword="null"/> for a file or a local directory.</summary>
    public IReadOnlyDictionary<string, SshInput>? Files { get; private init; }

    /// <summary>The content of a file; <see langword="null"/> otherwise.</summary>
    public SshInput? Content { get; private init; }

    /// <summary>
    /// The name that the file takes when <see cref="RemotePath"/> is an existing directory; <see langword="null"/> when that is a mistake.
    /// </summary>
    public string? NameInDirectory { get; init; }

    /// <summary>The permissions of the file, for example <c>0600</c>; <see langword="null"/> keeps those of an existing file and takes the user's default for a new one.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>A local file. It is put into <paramref name="remotePath"/> under its own name when that is an existing directory.</summary>
    public static SshUpload File(string localPath, string remotePath) =>
        new(remotePath) { Content = SshInput.Of(() => System.IO.File.OpenRead(localPath)), NameInDirectory = Path.GetFileName(localPath) };

    /// <summary>Content that is no local file.</summary>
    public static SshUpload Of(SshInput content, string remotePath, UnixFileMode? mode = null) => new(remotePath) { Content = content, Mode = mode };

    /// <summary>Bytes.</summary>
    public static SshUpload Bytes(ReadOnlyMemory<byte> content, string remotePath, UnixFileMode? mode = null) => Of(SshInput.Of(content), remotePath, mode);

    /// <summary>The content of a local directory, recursively; existing files are overwritten, others are left alone.</summary>
    public static SshUpload Directory(string localPath, string remotePath) => new(remotePath) { DirectoryPath = localPath };

    /// <summary>Several files with their relative paths; existing files are overwritten, others are left alone.</summary>
    public static SshUpload Tree(IReadOnlyDictionary<string, SshInput> files, string remotePath) => new(remotePath) { Files = files };
}
