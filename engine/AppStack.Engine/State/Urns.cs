namespace AppStack.Engine.State;

/// <summary>
/// The parts of a URN: <c>urn:pulumi:STACK::PROJECT::QUALIFIED$TYPE::NAME</c>. A name may itself contain <c>::</c>, so only the first
/// three delimiters count.
/// </summary>
public static class Urns
{
    /// <summary>The type of the root resource.</summary>
    public const string StackType = "pulumi:pulumi:Stack";

    private const string Prefix = "urn:pulumi:";
    private const string ProviderTypePrefix = "pulumi:providers:";

    /// <summary>Puts a URN together. A parent that is the root stack contributes nothing to the qualified type.</summary>
    public static string Create(string stack, string project, string? parentUrn, string type, string name)
    {
        var parentType = parentUrn is null ? "" : QualifiedType(parentUrn);
        return parentType.Length == 0 || parentType == StackType
            ? $"{Prefix}{stack}::{project}::{type}::{name}"
            : $"{Prefix}{stack}::{project}::{parentType}${type}::{name}";
    }

    /// <summary>Puts a URN together from a qualified type.</summary>
    public static string Compose(string stack, string project, string qualifiedType, string name) => $"{Prefix}{stack}::{project}::{qualifiedType}::{name}";

    /// <summary>Whether a string has the form of a URN.</summary>
    public static bool IsValid(string urn) => urn.StartsWith(Prefix, StringComparison.Ordinal) && TrySplit(urn, out _, out _, out _);

    /// <summary>The stack's name.</summary>
    public static string Stack(string urn)
    {
        Split(urn, out var first, out _, out _);
        return urn[Prefix.Length..first];
    }

    /// <summary>The project's name.</summary>
    public static string Project(string urn)
    {
        Split(urn, out var first, out var second, out _);
        return urn[(first + 2)..second];
    }

    /// <summary>The types of all ancestors and its own, joined by <c>$</c>.</summary>
    public static string QualifiedType(string urn)
    {
        Split(urn, out _, out var second, out var third);
        return urn[(second + 2)..third];
    }

    /// <summary>The resource's own type.</summary>
    public static string Type(string urn)
    {
        var qualified = QualifiedType(urn);
        return qualified[(qualified.LastIndexOf('$') + 1)..];
    }

    /// <summary>The resource's own name.</summary>
    public static string Name(string urn)
    {
        Split(urn, out _, out _, out var third);
        return urn[(third + 2)..];
    }

    /// <summary>Whether a type is that of a provider.</summary>
    public static bool IsProviderType(string type) => type.StartsWith(ProviderTypePrefix, StringComparison.Ordinal);

    /// <summary>The type of a package's provider.</summary>
    public static string ProviderType(string package) => ProviderTypePrefix + package;

    /// <summary>The package that a provider's type manages.</summary>
    public static string ProviderPackage(string providerType) => providerType[ProviderTypePrefix.Length..];

    /// <summary>The package of a custom resource's type: what stands before the first colon.</summary>
    public static string Package(string type) =>
        IsProviderType(type) ? ProviderPackage(type) : type.Split(':', 2)[0];

    /// <summary>Whether a resource is a default provider, which Pulumi neither shows nor counts.</summary>
    public static bool IsDefaultProvider(string urn, string type) =>
        IsProviderType(type) && (Name(urn) == "default" || Name(urn).StartsWith("default_", StringComparison.Ordinal));

    /// <summary>Takes a provider reference (<c>URN::id</c>) apart.</summary>
    public static bool TryParseReference(string reference, out string urn, out string id)
    {
        var last = reference.LastIndexOf("::", StringComparison.Ordinal);
        if (last <= 0 || !TrySplit(reference[..last], out _, out _, out _))
        {
            (urn, id) = ("", "");
            return false;
        }

        urn = reference[..last];
        id = reference[(last + 2)..];
        return urn.StartsWith(Prefix, StringComparison.Ordinal) && IsProviderType(Type(urn));
    }

    private static void Split(string urn, out int first, out int second, out int third)
    {
        if (!TrySplit(urn, out first, out second, out third))
        {
            throw new FormatException($"'{urn}' is not a URN.");
        }
    }

    private static bool TrySplit(string urn, out int first, out int second, out int third)
    {
        second = third = -1;
        first = urn.IndexOf("::", StringComparison.Ordinal);
        if (first < 0)
        {
            return false;
        }

        second = urn.IndexOf("::", first + 2, StringComparison.Ordinal);
        if (second < 0)
        {
            return false;
        }

        third = urn.IndexOf("::", second + 2, StringComparison.Ordinal);
        return third >= 0;
    }
}
