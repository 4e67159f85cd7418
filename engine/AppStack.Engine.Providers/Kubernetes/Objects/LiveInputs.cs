using System.Text;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>What of a live object a program describes: what the server, controllers and webhooks added is left out.</summary>
internal static class LiveInputs
{
    // Elements of lists are recognised by the first of these that they have; lists whose elements have none are compared by position.
    private static readonly string[] Keys = ["name", "mountPath", "containerPort", "port", "key", "ip", "type"];

    private static readonly string[] ServerFields =
        ["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid"];

    private static readonly string[] ServerAnnotations = ["deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration"];

    /// <summary>The live values of what inputs name.</summary>
    public static PropertyMap Prune(PropertyMap live, PropertyMap inputs)
    {
        var plain = inputs.WithoutSecrets();
        if (plain.TextAt("kind") == "Secret" && plain.Find("stringData") is PropertyValue.Map texts)
        {
            live = live.With("stringData", PropertyValue.Of(Decoded(live.MapAt("data"), texts.Members)));
        }

        return PruneMap(live, plain);
    }

    /// <summary>All of a live object that can be an input, for an import.</summary>
    public static PropertyMap All(PropertyMap live)
    {
        foreach (var field in ServerFields)
        {
            live = live.RemoveAt("metadata", field);
        }

        foreach (var annotation in ServerAnnotations)
        {
            live = live.RemoveAt("metadata", "annotations", annotation);
        }

        return live.MapAt("metadata", "annotations").Count == 0 ? live.Without("status").RemoveAt("metadata", "annotations") : live.Without("status");
    }

    /// <summary>A live object without what changes by itself.</summary>
    public static PropertyMap WithoutServerFields(PropertyMap live)
    {
        foreach (var field in ServerFields)
        {
            live = live.RemoveAt("metadata", field);
        }

        return live.Without("status");
    }

    private static PropertyMap Decoded(PropertyMap data, PropertyMap texts) => PropertyMap.Of(
        from text in texts
        let value = data.TextAt(text.Key)
        where value is not null
        select new KeyValuePair<string, PropertyValue>(text.Key, PropertyValue.Of(Decode(value))));

    private static string Decode(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : value;
    }

    private static PropertyMap PruneMap(PropertyMap live, PropertyMap inputs) => PropertyMap.Of(
        from input in inputs
        let value = live.Find(input.Key) ?? live.Find(ManifestJson.Underscore(input.Key))
        where value is not null
        select new KeyValuePair<string, PropertyValue>(input.Key, PruneValue(value, input.Value)));

    private static PropertyValue PruneValue(PropertyValue live, PropertyValue input) => (live, input) switch
    {
        (PropertyValue.Map left, PropertyValue.Map right) => PropertyValue.Of(PruneMap(left.Members, right.Members)),
        (PropertyValue.List left, PropertyValue.List right) => PruneList(left, right),
        (PropertyValue.Text left, PropertyValue.Text right) when Quantity.AreSame(left.Value, right.Value) => right,
        _ => live,
    };

    private static PropertyValue PruneList(PropertyValue.List live, PropertyValue.List inputs)
    {
        if (!inputs.Items.Any(item => item is PropertyValue.Map))
        {
            return live;
        }

        var key = Array.Find(Keys, name => inputs.Items.All(item => item is PropertyValue.Map map && map.Members.At(name) is not null));
        return PropertyValue.Of(
            key is null
                ? live.Items.Zip(inputs.Items, PruneValue)
                : from input in inputs.Items
                  let same = live.Items.FirstOrDefault(item => Equals((item as PropertyValue.Map)?.Members.At(key), ((PropertyValue.Map)input).Members.At(key)))
                  where same is not null
                  select PruneValue(same, input));
    }
}
