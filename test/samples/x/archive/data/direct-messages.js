window.YTD.direct_messages.part0 = [
 {
  "dmConversation": {
   "conversationId": "111-222",
   "messages": [
    {
     "messageCreate": {
      "recipientId": "111",
      "reactions": [
       {
        "senderId": "111",
        "reactionKey": "like",
        "eventId": "12",
        "createdAt": "2023-11-14T22:20:00.000Z"
       },
       {
        "senderId": "222",
        "reactionKey": "🔥",
        "eventId": "13",
        "createdAt": "2023-11-14T22:21:00.000Z"
       }
      ],
      "urls": [
       {
        "url": "https://t.co/abc",
        "expanded": "https://a.example/page",
        "display": "a.example/page"
       }
      ],
      "text": "see https://t.co/abc &amp; tell",
      "mediaUrls": [],
      "senderId": "222",
      "id": "900000000000000010",
      "createdAt": "2023-11-14T22:15:20.000Z"
     }
    },
    {
     "messageCreate": {
      "recipientId": "222",
      "reactions": [],
      "urls": [
       {
        "url": "https://t.co/pic",
        "expanded": "https://twitter.com/messages/media/9",
        "display": "pic.twitter.com/9"
       }
      ],
      "text": "图 https://t.co/pic",
      "mediaUrls": [
       "https://ton.twitter.com/dm/9/9/abc.png"
      ],
      "senderId": "111",
      "id": "900000000000000009",
      "createdAt": "2023-11-14T22:13:20.000Z"
     }
    }
   ]
  }
 },
 {
  "dmConversation": {
   "conversationId": "111-333",
   "messages": [
    {
     "messageCreate": {
      "recipientId": "333",
      "reactions": [],
      "urls": [],
      "text": "hello",
      "mediaUrls": [],
      "senderId": "111",
      "id": "900000000000000008",
      "createdAt": "2023-11-14T22:10:00.000Z"
     }
    }
   ]
  }
 }
]