namespace AppStack.Engine.State;

/// <summary>The marks by which Pulumi's format tells special values from objects (pulumi/pulumi, sdk/go/common/resource/sig).</summary>
internal static class PropertySignatures
{
    public const string Key = "4dabf18193072939515e22adb298388d";
    public const string Secret = "1b47061264138c4ac30d75fd1eb44270";
    public const string Asset = "c44067f5952c0a294b673a41bacd8c17";
    public const string Archive = "0def7320c3a5731c473e5ecbe6d01bc7";
    public const string Reference = "5cf8f73096256a8f31e491e813e4eb8e";
    public const string OutputValue = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    public const string ByteString = "803fd3297a5875dc03ca845dda5d2a98";
    public const string Float = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";
    public const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
}
