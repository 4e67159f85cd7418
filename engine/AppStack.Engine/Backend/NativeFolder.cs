using System.Runtime.InteropServices;
using System.Text;

namespace AppStack.Engine.Backend;

/// <summary>Flushing a folder, for which the framework has no call.</summary>
internal static class NativeFolder
{
    private const int ReadOnly = 0;

    public static int Open(string path) => OpenFile([.. Encoding.UTF8.GetBytes(path), 0], ReadOnly);

    public static int Flush(int descriptor) => FlushFile(descriptor);

    public static int Close(int descriptor) => CloseFile(descriptor);

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FlushFile(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseFile(int descriptor);
}
