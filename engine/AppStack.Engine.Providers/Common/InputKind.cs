namespace AppStack.Engine.Providers.Common;

/// <summary>What kind of value an input takes.</summary>
internal enum InputKind
{
    Any,
    Text,
    Bool,
    Integer,
    Number,
    TextMap,
    TextList,
    AnyList,
    Object,
    AssetOrArchive,
}
