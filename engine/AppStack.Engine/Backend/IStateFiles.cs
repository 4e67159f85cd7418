namespace AppStack.Engine.Backend;

/// <summary>The file operations that state needs; the seam at which tests let the machine die.</summary>
internal interface IStateFiles
{
    /// <summary>The file's content, or <see langword="null"/> when there is no such file.</summary>
    byte[]? Read(string path);

    bool Exists(string path);

    /// <summary>Replaces a file so that, whatever happens, either the old or the new content is there; makes its folder when needed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The new content.</param>
    /// <param name="durable">Whether to wait until it is on disk.</param>
    void Replace(string path, ReadOnlySpan<byte> content, bool durable);

    /// <summary>Makes a new file; fails when it exists.</summary>
    void CreateNew(string path, ReadOnlySpan<byte> content);

    /// <summary>Opens a new, empty file for appending.</summary>
    IAppendFile OpenAppend(string path);

    /// <summary>Adds to a file, and waits until it is on disk.</summary>
    void Append(string path, ReadOnlySpan<byte> content);

    /// <summary>Copies a file; the target is the old one or a whole copy, whatever happens.</summary>
    void Copy(string from, string to);

    void Move(string from, string to);

    /// <summary>Deletes a file; one that is gone already is fine.</summary>
    void Delete(string path);

    /// <summary>Deletes a folder and all in it.</summary>
    void DeleteFolder(string path);

    /// <summary>The paths of the files in a folder, in ordinal order; empty when there is no such folder.</summary>
    IReadOnlyList<string> Files(string folder);

    /// <summary>The paths of the folders in a folder, in ordinal order.</summary>
    IReadOnlyList<string> Folders(string folder);

    DateTimeOffset LastWrite(string path);
}
