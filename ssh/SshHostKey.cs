using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AppStack.Ssh;

/// <summary>A public key by which a node is known.</summary>
/// <param name="Type">The key's type, for example <c>ssh-ed25519</c>.</param>
/// <param name="Base64">The key itself in the SSH wire format.</param>
public sealed record SshHostKey(string Type, string Base64)
{
    /// <summary>The fingerprint as OpenSSH prints it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Base64))).TrimEnd('=');

    /// <summary>The signature algorithms that prove possession of this key. An RSA key has two names that are not its type's.</summary>
    internal string Algorithms => Type == "ssh-rsa" ? "rsa-sha2-512,rsa-sha2-256" : Type;

    /// <summary>Reads <c>type base64 [comment]</c>, the form of <c>ssh_host_*_key.pub</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SshHostKey? key)
    {
        key = null;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return false;
        }

        var blob = new byte[words[1].Length];
        if (!Convert.TryFromBase64String(words[1], blob, out var length) || length < 4)
        {
            return false;
        }

        // The blob begins with its own type as a length-prefixed string; another type would never match and is a mistake of copying.
        var nameLength = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(blob);
        if (nameLength <= 0 || nameLength > length - 4 || Encoding.ASCII.GetString(blob, 4, nameLength) != words[0])
        {
            return false;
        }

        key = new SshHostKey(words[0], words[1]);
        return true;
    }
}
