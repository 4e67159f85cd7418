using System.Buffers.Binary;
using System.Text;

namespace AppStack.Ssh.Multiplexing;

/// <summary>Reads the fields of one packet in order.</summary>
internal struct PacketReader(ReadOnlyMemory<byte> packet)
{
    private ReadOnlyMemory<byte> _rest = packet;

    public byte Byte()
    {
        var value = Take(1).Span[0];
        return value;
    }

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4).Span);

    public ReadOnlyMemory<byte> Bytes() => Take((int)UInt32());

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw new InvalidDataException("The ssh process sent a packet that is shorter than it says.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
