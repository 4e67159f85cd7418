using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// The ids of a service's rules. ModSecurity's list of reserved ids leaves 22,000,000 to 69,999,999 to everybody; they are cut into 240,000 ranges
/// of 200. A service's range follows from its name (the first eight bytes of its SHA-256, as an unsigned number with the high byte first, modulo
/// 240,000), so that it needs no list and no other service's rules change when one comes or goes. Of a hundred services two share a range in 2 %
/// of cases (birthday problem); the validator finds them, and one of them takes another by <see cref="WafSpec.Slot"/>.
/// </summary>
/// <param name="Slot">Which range, from 0.</param>
public readonly record struct RuleIdRange(int Slot)
{
    /// <summary>Ids in a range.</summary>
    public const int Size = 200;

    /// <summary>The number of ranges.</summary>
    public const int Slots = (LastOfAll - FirstOfAll + 1) / Size;

    private const int FirstOfAll = 22_000_000;
    private const int LastOfAll = 69_999_999;

    /// <summary>The first id.</summary>
    public int First => FirstOfAll + (Slot * Size);

    /// <summary>The last id.</summary>
    public int Last => First + Size - 1;

    /// <summary>The range of a service.</summary>
    public static RuleIdRange Of(WafService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return new(service.Spec.Slot ?? SlotOf(service.Name));
    }

    /// <summary>The range that follows from a name.</summary>
    public static int SlotOf(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Slots);
    }
}
