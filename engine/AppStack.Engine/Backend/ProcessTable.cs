using System.ComponentModel;
using System.Diagnostics;

namespace AppStack.Engine.Backend;

/// <summary>The processes of this machine.</summary>
internal sealed class ProcessTable : IProcessTable
{
    public string HostName => Environment.MachineName;

    public string UserName => Environment.UserName;

    public int CurrentProcess => Environment.ProcessId;

    public DateTimeOffset? Started(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : new DateTimeOffset(process.StartTime.ToUniversalTime());
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Win32Exception)
        {
            // It exists and is somebody else's: alive since long ago, as far as we can tell.
            return DateTimeOffset.UnixEpoch;
        }
    }
}
