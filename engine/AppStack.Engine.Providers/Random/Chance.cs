using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AppStack.Engine.Providers.Random;

/// <summary>
/// Where numbers come from: the system's cryptographic generator, or for a resource with a seed a sequence that the seed decides. The
/// sequence is not that of Pulumi's own provider; values that exist stay as they are, because they live in state.
/// </summary>
internal sealed class Chance(string? seed)
{
    private ulong _counter;

    /// <summary>A number from 0 to below <paramref name="bound"/>, each as likely.</summary>
    public ulong Below(ulong bound)
    {
        // What does not fit into a whole number of bounds would make small numbers likelier.
        var unfair = (ulong.MaxValue % bound + 1) % bound;
        ulong number;
        do
        {
            number = Next();
        }
        while (number > ulong.MaxValue - unfair);

        return number % bound;
    }

    /// <summary>The items in another order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = (int)Below((ulong)i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    private ulong Next()
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        if (seed is null)
        {
            RandomNumberGenerator.Fill(bytes);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes($"{_counter++}:{seed}"), bytes);
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
