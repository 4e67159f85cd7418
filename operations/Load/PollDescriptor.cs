using System.Runtime.InteropServices;

namespace AppStack.Operations.Load;

/// <summary>One entry of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    /// <summary>The file descriptor; negative entries are ignored.</summary>
    public int Descriptor;

    /// <summary>What to wait for.</summary>
    public short Events;

    /// <summary>What has happened.</summary>
    public short Returned;
}
