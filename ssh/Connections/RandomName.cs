using System.Security.Cryptography;

namespace AppStack.Ssh.Connections;

/// <summary>Names that nobody can guess and that do not collide.</summary>
internal static class RandomName
{
    public static string Next() => RandomNumberGenerator.GetHexString(12, lowercase: true);
}
