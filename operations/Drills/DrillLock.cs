using AppStack.Components.Lab;

namespace AppStack.Operations.Drills;

/// <summary>One drill at a time per lab: two at once would each count what the other broke.</summary>
internal static class DrillLock
{
    /// <summary>Takes the turn until it is disposed of; the kernel ends it when the process dies.</summary>
    /// <exception cref="OperationException">Another drill is running.</exception>
    public static IDisposable Take(string lab)
    {
        var file = Path.Combine(LabPaths.For(lab).RuntimeDirectory, "drill.lock");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new OperationException($"another drill is running in lab {lab} ({exception.Message}); wait for its end");
        }
    }
}
