using System.Security.Cryptography;
using System.Text;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>
/// A resource's outputs as they are kept in state: the live object, and beside it what it was made of, in the official provider's form
/// (<c>__inputs</c>, <c>__initialApiVersion</c>, <c>__fieldManager</c>).
/// </summary>
internal static class Checkpoint
{
    public const string InputsKey = "__inputs";
    public const string InitialApiVersionKey = "__initialApiVersion";
    public const string FieldManagerKey = "__fieldManager";

    private const string ManagerPrefix = "pulumi-kubernetes-";

    /// <summary>The outputs. What is secret among the inputs is secret where it comes back.</summary>
    public static PropertyMap Of(PropertyMap inputs, PropertyMap live, PropertyMap? former, string fieldManager)
    {
        var initial = former?.TextAt(InitialApiVersionKey) ?? inputs.TextAt("apiVersion") ?? live.TextAt("apiVersion");
        return MarkSecrets(live, inputs)
            .With(InputsKey, PropertyValue.Of(MarkSecrets(inputs, inputs)))
            .With(InitialApiVersionKey, PropertyValue.Of(initial))
            .With(FieldManagerKey, PropertyValue.Of(fieldManager));
    }

    /// <summary>
    /// The name under which fields are owned: what the object says, else that of the state, else a new one. Officially that is random; here it
    /// follows from the URN, so that a creation whose outcome was lost is taken up by the same owner.
    /// </summary>
    public static string FieldManager(string urn, PropertyMap inputs, PropertyMap? outputs) =>
        inputs.Annotation(Manifest.PatchFieldManager)
        ?? outputs?.TextAt(FieldManagerKey)
        ?? ManagerPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(urn)))[..8];

    /// <summary>Values with the markers of the inputs of the same names. The data of a Secret is always secret.</summary>
    public static PropertyMap MarkSecrets(PropertyMap values, PropertyMap inputs)
    {
        if (values.TextAt("kind") == "Secret")
        {
            return values.Select((name, value) => name is "data" or "stringData" ? value.AsSecret() : value);
        }

        return values.Select((name, value) => inputs.Find(name) is { ContainsSecrets: true } input ? Mark(value, input) : value);
    }

    private static PropertyValue Mark(PropertyValue value, PropertyValue input) => (value, input) switch
    {
        (PropertyValue.Secret, _) => value,
        (PropertyValue.Map left, PropertyValue.Map right) => PropertyValue.Of(MarkSecrets(left.Members, right.Members)),
        _ => value.WithoutSecrets().AsSecret(),
    };
}
