using System.Collections.Immutable;

namespace AppStack.Engine.Projects;

/// <summary>A configuration value as it stands in a file: a scalar, a secret's ciphertext, a list or an object. The nested types are all there are.</summary>
public abstract record ConfigNode
{
    private ConfigNode()
    {
    }

    /// <summary>Whether this value is, or anywhere contains, a secret.</summary>
    public virtual bool HasSecrets => false;

    /// <summary>A string, number or boolean, as text.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="IsText">Whether it is a string whatever it looks like; otherwise <c>true</c>, <c>3</c> and the like keep their type in JSON.</param>
    public sealed record Scalar(string Text, bool IsText) : ConfigNode;

    /// <summary>A secret (<c>secure: v1:...</c>).</summary>
    /// <param name="Ciphertext">The ciphertext of the raw string.</param>
    public sealed record Secure(string Ciphertext) : ConfigNode
    {
        /// <inheritdoc/>
        public override bool HasSecrets => true;
    }

    /// <summary>A list.</summary>
    /// <param name="Items">The elements.</param>
    public sealed record List(ImmutableArray<ConfigNode> Items) : ConfigNode
    {
        /// <inheritdoc/>
        public override bool HasSecrets => Items.Any(item => item.HasSecrets);
    }

    /// <summary>An object; its members keep the order of the file.</summary>
    /// <param name="Members">The members.</param>
    public sealed record Map(ImmutableArray<KeyValuePair<string, ConfigNode>> Members) : ConfigNode
    {
        /// <inheritdoc/>
        public override bool HasSecrets => Members.Any(member => member.Value.HasSecrets);

        internal ConfigNode? Find(string name) => Members.FirstOrDefault(member => member.Key == name).Value;

        internal Map With(string name, ConfigNode value)
        {
            for (var i = 0; i < Members.Length; i++)
            {
                if (Members[i].Key == name)
                {
                    return new Map(Members.SetItem(i, new(name, value)));
                }
            }

            return new Map(Members.Add(new(name, value)));
        }

        internal Map Without(string name) => new(Members.RemoveAll(member => member.Key == name));
    }
}
