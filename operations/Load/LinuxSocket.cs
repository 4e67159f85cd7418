using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AppStack.Operations.Load;

/// <summary>
/// The handful of system calls that the load generator is made of. .NET's own asynchronous sockets cost two to three times the
/// processor time here (measured at 500 new connections per second: 20 % of a core against 7 %), time that the platform under
/// test needs.
/// </summary>
internal static partial class LinuxSocket
{
    /// <summary>There is something to read, or the peer has closed.</summary>
    public const short PollIn = 0x1;

    /// <summary>The connection is established, or has failed.</summary>
    public const short PollOut = 0x4;

    private const int Stream = 1;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int NoSignal = 0x4000;
    private const int AddressFamilyV4 = 2;
    private const int AddressFamilyV6 = 10;

    private const int Again = 11;
    private const int InProgress = 115;
    private const int Interrupted = 4;

    /// <summary>Begins to connect a new non-blocking TCP socket.</summary>
    /// <param name="address">The serialized address of the other end.</param>
    /// <param name="descriptor">The new socket, or -1.</param>
    /// <returns>0, or the error number of the failure.</returns>
    public static int BeginConnect(SocketAddress address, out int descriptor)
    {
        var family = address.Family == AddressFamily.InterNetworkV6 ? AddressFamilyV6 : AddressFamilyV4;
        descriptor = Socket(family, Stream | NonBlocking | CloseOnExec, 0);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        if (Connect(descriptor, in MemoryMarshal.GetReference(address.Buffer.Span), address.Size) == 0)
        {
            return 0;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == InProgress ? 0 : error;
    }

    /// <summary>Sends bytes, all or nothing: a request is far smaller than any send buffer.</summary>
    /// <param name="descriptor">The socket.</param>
    /// <param name="bytes">What to send.</param>
    /// <param name="sent">Whether it was sent; when not and there is no error, it is too early.</param>
    /// <returns>0, or the error number; a pending error of the connection is reported here.</returns>
    public static int Send(int descriptor, ReadOnlySpan<byte> bytes, out bool sent)
    {
        sent = Send(descriptor, in MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, NoSignal) == bytes.Length;
        var error = sent ? 0 : Marshal.GetLastPInvokeError();
        return error is Again or Interrupted ? 0 : error;
    }

    /// <summary>Receives what is there.</summary>
    /// <param name="descriptor">The socket.</param>
    /// <param name="buffer">Where to put it.</param>
    /// <param name="count">The number of bytes; 0 when the peer has closed, -1 when nothing is there yet or on an error.</param>
    /// <returns>0, or the error number.</returns>
    public static int Receive(int descriptor, Span<byte> buffer, out int count)
    {
        count = (int)Receive(descriptor, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, 0);
        if (count >= 0)
        {
            return 0;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is Again or Interrupted ? 0 : error;
    }

    /// <summary>Waits until something happens on one of the descriptors, or the time is over.</summary>
    public static void Wait(Span<PollDescriptor> descriptors, long micros)
    {
        micros = Math.Max(0, micros);
        var timeout = new TimeSpec(micros / 1_000_000, micros % 1_000_000 * 1000);
        if (Poll(ref MemoryMarshal.GetReference(descriptors), (nuint)descriptors.Length, in timeout, 0) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new InvalidOperationException($"load generator: ppoll: {Marshal.GetPInvokeErrorMessage(error)}");
            }

            descriptors.Clear();
        }
    }

    /// <summary>Closes a socket.</summary>
    public static void Close(int descriptor) => _ = CloseDescriptor(descriptor);

    /// <summary>The word for an error number in reports.</summary>
    public static string Reason(int error) => error switch
    {
        99 => "no-local-port",
        101 or 112 or 113 => "unreachable",
        104 or 32 or 103 => "reset",
        110 => "timeout",
        111 => "refused",
        _ => $"errno-{error}",
    };

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int descriptor, in byte address, int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, in byte buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int descriptor, ref byte buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, in TimeSpec timeout, nint signals);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseDescriptor(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
