using System.Security.Cryptography;

namespace AppStack.Engine.Providers.Common;

/// <summary>Makes ids in the form that Pulumi's own providers use.</summary>
internal static class Ids
{
    /// <summary>The name followed by 8 hexadecimal digits.</summary>
    public static string For(string name) => name + RandomNumberGenerator.GetHexString(8, lowercase: true);
}
