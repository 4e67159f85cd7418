using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Arguments: a class whose members marked with <see cref="InputAttribute"/> are sent to the engine.</summary>
public abstract class InputArgs
{
    /// <summary>For derived classes.</summary>
    protected InputArgs()
    {
    }

    /// <summary>The members by their names for the engine, not yet serialised.</summary>
    internal virtual IEnumerable<KeyValuePair<string, object?>> Members() => InputMembers.Read(this);
}
