namespace AppStack.Engine.Tests;

/// <summary>What the genuine CLI wrote.</summary>
internal static class SampleFiles
{
    public const string Passphrase = "test";

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", name));
}
