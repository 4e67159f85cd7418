using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AppStack.Ssh.Multiplexing;

/// <summary>Builds one packet in the encoding of RFC 4251, section 5, preceded by its length.</summary>
internal sealed class PacketWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public PacketWriter() => UInt32(0);

    /// <summary>Begins a packet of the connection protocol. The byte before the type is the padding's length, which is 0 on a local socket.</summary>
    public static PacketWriter Message(SshMessage type) => new PacketWriter().Byte(0).Byte((byte)type);

    public PacketWriter Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
        return this;
    }

    public PacketWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public PacketWriter Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public PacketWriter Bytes(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        _buffer.Write(value);
        return this;
    }

    /// <summary>The packet with its length filled in.</summary>
    public byte[] ToPacket()
    {
        var packet = _buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(packet, (uint)(packet.Length - 4));
        return packet;
    }
}
