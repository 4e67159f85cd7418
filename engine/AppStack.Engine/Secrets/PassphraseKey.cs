using System.Security.Cryptography;
using System.Text;
using AppStack.Engine.Diagnostics;

namespace AppStack.Engine.Secrets;

/// <summary>
/// Pulumi's passphrase encryption: AES-256-GCM under a key from PBKDF2-HMAC-SHA256 with 1,000,000 iterations. A ciphertext is
/// <c>v1:NONCE:CIPHERTEXT+TAG</c>, a salt <c>v1:SALT:CIPHERTEXT OF THE WORD "pulumi"</c>, both in base64; the latter proves a passphrase.
/// </summary>
internal sealed class PassphraseKey : IDisposable
{
    private const int Iterations = 1_000_000;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const string Proof = "pulumi";

    private readonly AesGcm _cipher;

    private PassphraseKey(byte[] key, string salt)
    {
        _cipher = new AesGcm(key, TagSize);
        Salt = salt;
    }

    /// <summary>The salt in Pulumi's textual form, as kept in <c>encryptionsalt</c> and in state.</summary>
    public string Salt { get; private init; }

    /// <summary>The key of a passphrase that was used before.</summary>
    /// <exception cref="StackException">The passphrase is another one.</exception>
    public static PassphraseKey Open(string passphrase, string salt)
    {
        var parts = salt.Split(':', 3);
        if (parts is not ["v1", _, _])
        {
            throw new StackException($"The encryption salt '{salt}' is not of the form v1:SALT:PROOF.");
        }

        PassphraseKey? key = null;
        try
        {
            key = new PassphraseKey(Derive(passphrase, Convert.FromBase64String(parts[1])), salt);
            if (key.Decrypt(parts[2]) == Proof)
            {
                return key;
            }
        }
        catch (AuthenticationTagMismatchException)
        {
            // Reported below: it is the only way in which a wrong passphrase shows.
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException or ArgumentException)
        {
            key?.Dispose();
            throw new StackException($"The encryption salt '{salt}' is damaged: {exception.Message} Take it from a backup of Pulumi.STACK.yaml, or from the state.", exception);
        }

        key?.Dispose();
        throw new StackException(
            "Incorrect passphrase: it is not the one that this stack's secrets were encrypted with. Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the right one.");
    }

    /// <summary>A key with a new salt.</summary>
    public static PassphraseKey Create(string passphrase)
    {
        var random = RandomNumberGenerator.GetBytes(8);
        var key = Derive(passphrase, random);
        using var once = new PassphraseKey(key, "");
        return new PassphraseKey(key, $"v1:{Convert.ToBase64String(random)}:{once.Encrypt(Proof)}");
    }

    public string Encrypt(string text)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        RandomNumberGenerator.Fill(nonce);
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[plain.Length + TagSize];
        lock (_cipher)
        {
            _cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length));
        }

        return $"v1:{Convert.ToBase64String(nonce)}:{Convert.ToBase64String(sealedBytes)}";
    }

    /// <summary>Opens a ciphertext.</summary>
    /// <exception cref="FormatException">It is no ciphertext.</exception>
    /// <exception cref="ArgumentException">Its nonce is of another length.</exception>
    /// <exception cref="CryptographicException">It is damaged, or that of another key.</exception>
    public byte[] DecryptBytes(string ciphertext)
    {
        var parts = ciphertext.Split(':');
        if (parts is not ["v1", _, _])
        {
            throw new FormatException("A ciphertext has the form v1:NONCE:CIPHERTEXT.");
        }

        var sealedBytes = Convert.FromBase64String(parts[2]);
        if (sealedBytes.Length < TagSize)
        {
            throw new FormatException("The ciphertext is too short.");
        }

        var plain = new byte[sealedBytes.Length - TagSize];
        lock (_cipher)
        {
            _cipher.Decrypt(Convert.FromBase64String(parts[1]), sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), plain);
        }

        return plain;
    }

    public string Decrypt(string ciphertext) => Encoding.UTF8.GetString(DecryptBytes(ciphertext));

    public void Dispose() => _cipher.Dispose();

    internal static byte[] Derive(string passphrase, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, Iterations, HashAlgorithmName.SHA256, 32);
}
