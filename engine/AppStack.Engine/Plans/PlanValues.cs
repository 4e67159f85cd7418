using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Plans;

/// <summary>Values of plans: whether one may stand for another, and how they are told to people.</summary>
internal static class PlanValues
{
    private const int LongestTold = 160;

    /// <summary>Whether a value is as planned. An unknown one may have become any other; a member that was unknown may be gone.</summary>
    public static bool Match(PropertyValue planned, PropertyValue actual) => (planned, actual) switch
    {
        _ when IsUnknown(planned) || IsUnknown(actual) => true,
        (PropertyValue.Secret left, PropertyValue.Secret right) => Match(left.Element, right.Element),
        (PropertyValue.List left, PropertyValue.List right) => left.Items.Length == right.Items.Length && left.Items.Zip(right.Items).All(pair => Match(pair.First, pair.Second)),
        (PropertyValue.Map left, PropertyValue.Map right) => Match(left.Members, right.Members),
        (PropertyValue.Asset { Hash.Length: > 0 } left, PropertyValue.Asset { Hash.Length: > 0 } right) => left.Hash == right.Hash,
        (PropertyValue.Archive { Hash.Length: > 0 } left, PropertyValue.Archive { Hash.Length: > 0 } right) => left.Hash == right.Hash,
        (PropertyValue.Reference left, PropertyValue.Reference right) => left.Urn == right.Urn,
        _ => planned.Equals(actual),
    };

    /// <summary>Whether nothing is known of a value, secret or not.</summary>
    public static bool IsUnknown(PropertyValue value) => value.WithoutSecrets() is PropertyValue.Unknown;

    /// <summary>A value in one line, without what is secret in it.</summary>
    public static string Text(PropertyValue value)
    {
        var text = PropertyJson.Encode(Told(value));
        return text.Length <= LongestTold ? text : text[..LongestTold] + "...";
    }

    private static bool Match(PropertyMap planned, PropertyMap actual) =>
        planned.All(member => actual.Find(member.Key) is { } value ? Match(member.Value, value) : member.Value is PropertyValue.Null || IsUnknown(member.Value))
        && actual.All(member => planned.Find(member.Key) is not null || member.Value is PropertyValue.Null);

    private static PropertyValue Told(PropertyValue value) => value switch
    {
        PropertyValue.Secret => PropertyValue.Of("[secret]"),
        PropertyValue.Unknown => PropertyValue.Of("[unknown]"),
        PropertyValue.List list => PropertyValue.Of(list.Items.Select(Told)),
        PropertyValue.Map map => PropertyValue.Of(map.Members.Select((_, member) => Told(member))),
        _ => value,
    };
}
