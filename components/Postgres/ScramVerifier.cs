using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AppStack.Components.Postgres;

/// <summary>
/// What PostgreSQL stores of a password (SCRAM-SHA-256, RFC 5803). Computed where the password is made, so that neither a statement nor a
/// server's log ever holds the password itself.
/// </summary>
public static class ScramVerifier
{
    /// <summary>Iterations of PBKDF2; PostgreSQL's own number. Passwords here are random and long, so more would only slow logins down.</summary>
    public const int Iterations = 4096;

    /// <summary>The least length of a salt, in bytes; PostgreSQL's own.</summary>
    public const int SaltBytes = 16;

    /// <summary>Computes the verifier of a password.</summary>
    /// <param name="password">The password; printable ASCII, for which no normalization (SASLprep) is needed.</param>
    /// <param name="salt">Random bytes, at least <see cref="SaltBytes"/>; the same salt gives the same verifier, so that a deployment without changes stays one.</param>
    /// <returns>The text for <c>ALTER ROLE ... PASSWORD</c>.</returns>
    /// <exception cref="ArgumentException">The password is empty or has other characters, or the salt is too short.</exception>
    public static string Of(string password, ReadOnlySpan<byte> salt)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        if (password.Any(c => c is < ' ' or > '~'))
        {
            throw new ArgumentException("The password must be printable ASCII.", nameof(password));
        }

        if (salt.Length < SaltBytes)
        {
            throw new ArgumentException($"The salt has {salt.Length} bytes; it must have {SaltBytes}.", nameof(salt));
        }

        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}");
    }
}
